"""Row-level security of experts' work; the texts of a published edition never change."""

from django.db import migrations

from municipalities.tenancy import Protect, TenantForeignKey

FREEZE = """
CREATE FUNCTION analysis_keep_texts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed RECORD := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (
        SELECT FROM analysis_analysis WHERE id = changed.analysis_id AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'the texts of a published analysis never change'
            USING ERRCODE = '23514', CONSTRAINT = 'analysis_texts_are_frozen';
    END IF;
    RETURN changed;
END $$;
CREATE TRIGGER analysis_texts_are_frozen BEFORE INSERT OR UPDATE OR DELETE ON analysis_findingedit
    FOR EACH ROW EXECUTE FUNCTION analysis_keep_texts();
CREATE TRIGGER analysis_texts_are_frozen BEFORE INSERT OR UPDATE OR DELETE ON analysis_expertcomment
    FOR EACH ROW EXECUTE FUNCTION analysis_keep_texts();
"""
UNFREEZE = """
DROP TRIGGER analysis_texts_are_frozen ON analysis_expertcomment;
DROP TRIGGER analysis_texts_are_frozen ON analysis_findingedit;
DROP FUNCTION analysis_keep_texts();
"""


class Migration(migrations.Migration):
    dependencies = [("analysis", "0014_review")]

    operations = [
        Protect("analysis", "ExpertAssignment"),
        Protect("analysis", "ExpertAssignmentEvent", append_only=True),
        Protect("analysis", "FindingEdit"),
        Protect("analysis", "FindingEditEvent", append_only=True),
        TenantForeignKey("analysis", "FindingEdit", "analysis", "analysis.Analysis"),
        Protect("analysis", "ExpertComment"),
        Protect("analysis", "ExpertCommentEvent", append_only=True),
        TenantForeignKey("analysis", "ExpertComment", "analysis", "analysis.Analysis"),
        migrations.RunSQL(FREEZE, reverse_sql=UNFREEZE),
    ]
