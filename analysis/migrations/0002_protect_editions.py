"""Row-level security of peers and editions; a published edition and its files never change."""

from django.db import migrations

from municipalities.tenancy import Protect, TenantForeignKey

FREEZE = """
CREATE FUNCTION analysis_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' THEN
        RAISE EXCEPTION 'a published analysis never changes'
            USING ERRCODE = '23514', CONSTRAINT = 'analysis_published_is_frozen';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER analysis_published_is_frozen BEFORE UPDATE OR DELETE ON analysis_analysis
    FOR EACH ROW EXECUTE FUNCTION analysis_keep_published();

CREATE FUNCTION analysis_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT FROM analysis_analysis WHERE id = OLD.analysis_id AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'a document of an analysis never changes'
            USING ERRCODE = '23514', CONSTRAINT = 'analysis_document_is_frozen';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER analysis_document_is_frozen BEFORE UPDATE OR DELETE ON analysis_analysisdocument
    FOR EACH ROW EXECUTE FUNCTION analysis_keep_document();
"""
UNFREEZE = """
DROP TRIGGER analysis_document_is_frozen ON analysis_analysisdocument;
DROP FUNCTION analysis_keep_document();
DROP TRIGGER analysis_published_is_frozen ON analysis_analysis;
DROP FUNCTION analysis_keep_published();
"""


class Migration(migrations.Migration):
    dependencies = [("analysis", "0001_editions")]

    operations = [
        Protect("analysis", "PeerSet"),
        Protect("analysis", "PeerSetMember"),
        TenantForeignKey("analysis", "PeerSetMember", "peer_set", "analysis.PeerSet"),
        Protect("analysis", "Analysis"),
        Protect("analysis", "AnalysisDocument"),
        TenantForeignKey("analysis", "AnalysisDocument", "analysis", "analysis.Analysis"),
        migrations.RunSQL(FREEZE, reverse_sql=UNFREEZE),
    ]
