"""Row-level security of peers, editions and experts' work; what is published never changes."""

from django.db import migrations

from uso.ground.tenancy.protection import Protect, TenantForeignKey

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

FREEZE_TEXTS = """
CREATE FUNCTION analysis_keep_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM analysis_analysis
        WHERE state = 'published' AND id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.analysis_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.analysis_id END
        )
    ) THEN
        RAISE EXCEPTION 'the texts of a published analysis never change'
            USING ERRCODE = '23514', CONSTRAINT = 'analysis_texts_are_frozen';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER analysis_texts_are_frozen BEFORE INSERT OR UPDATE OR DELETE ON analysis_findingedit
    FOR EACH ROW EXECUTE FUNCTION analysis_keep_texts();
CREATE TRIGGER analysis_texts_are_frozen BEFORE INSERT OR UPDATE OR DELETE ON analysis_expertcomment
    FOR EACH ROW EXECUTE FUNCTION analysis_keep_texts();
"""
UNFREEZE_TEXTS = """
DROP TRIGGER analysis_texts_are_frozen ON analysis_expertcomment;
DROP TRIGGER analysis_texts_are_frozen ON analysis_findingedit;
DROP FUNCTION analysis_keep_texts();
"""


class Migration(migrations.Migration):
    dependencies = [("analysis", "0001_tables")]

    operations = [
        Protect("analysis", "PeerSet"),
        Protect("analysis", "PeerSetMember"),
        TenantForeignKey("analysis", "PeerSetMember", "peer_set", "analysis.PeerSet"),
        Protect("analysis", "Analysis"),
        Protect("analysis", "AnalysisEvent", append_only=True),
        Protect("analysis", "AnalysisDocument"),
        TenantForeignKey("analysis", "AnalysisDocument", "analysis", "analysis.Analysis"),
        Protect("analysis", "AnalysisDownload", append_only=True),
        TenantForeignKey("analysis", "AnalysisDownload", "analysis", "analysis.Analysis"),
        Protect("analysis", "ExpertAssignment"),
        Protect("analysis", "ExpertAssignmentEvent", append_only=True),
        Protect("analysis", "FindingEdit"),
        Protect("analysis", "FindingEditEvent", append_only=True),
        TenantForeignKey("analysis", "FindingEdit", "analysis", "analysis.Analysis"),
        Protect("analysis", "ExpertComment"),
        Protect("analysis", "ExpertCommentEvent", append_only=True),
        TenantForeignKey("analysis", "ExpertComment", "analysis", "analysis.Analysis"),
        migrations.RunSQL(FREEZE, reverse_sql=UNFREEZE),
        migrations.RunSQL(AS_APPROVED, reverse_sql=AS_IT_IS),
        migrations.RunSQL(FREEZE_TEXTS, reverse_sql=UNFREEZE_TEXTS),
    ]
