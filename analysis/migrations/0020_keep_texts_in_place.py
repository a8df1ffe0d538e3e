"""The texts of a published edition are not moved to another one either."""

from django.db import migrations

FROZEN = """
CREATE OR REPLACE FUNCTION analysis_keep_texts() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION analysis_keep_texts() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("analysis", "0019_history_of_indicators")]

    operations = [migrations.RunSQL(FROZEN, reverse_sql=AS_BEFORE)]
