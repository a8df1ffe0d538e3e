"""Row-level security of the history of editions; an edition is published as it was approved."""

from django.db import migrations

from municipalities.tenancy import Protect

AS_APPROVED = """
CREATE FUNCTION analysis_keep_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND OLD.state <> 'published' AND (
        OLD.state <> 'approved' OR NEW.sha256 <> OLD.approved_sha256
        OR NEW.content IS DISTINCT FROM OLD.content
    ) THEN
        RAISE EXCEPTION 'an analysis is published as it was approved'
            USING ERRCODE = '23514', CONSTRAINT = 'analysis_published_as_approved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER analysis_published_as_approved BEFORE UPDATE OF state ON analysis_analysis
    FOR EACH ROW EXECUTE FUNCTION analysis_keep_approved();
"""
AS_IT_IS = """
DROP TRIGGER analysis_published_as_approved ON analysis_analysis;
DROP FUNCTION analysis_keep_approved();
"""


class Migration(migrations.Migration):
    dependencies = [("analysis", "0009_approval")]

    operations = [
        Protect("analysis", "AnalysisEvent", append_only=True),
        migrations.RunSQL(AS_APPROVED, reverse_sql=AS_IT_IS),
    ]
