"""Row-level security of participations; a confirmed one keeps its fee for good."""

from django.db import migrations

from municipalities.tenancy import AppendOnly, Protect

FREEZE = """
CREATE FUNCTION seasons_keep_confirmed_fee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL AND (
        NEW.season_id, NEW.municipality_id, NEW.fee_tier_id, NEW.population, NEW.population_year,
        NEW.annual_fee_eur, NEW.confirmed_at
    ) IS DISTINCT FROM (
        OLD.season_id, OLD.municipality_id, OLD.fee_tier_id, OLD.population, OLD.population_year,
        OLD.annual_fee_eur, OLD.confirmed_at
    ) THEN
        RAISE EXCEPTION 'a confirmed participation keeps its fee, tier and population'
            USING ERRCODE = '23514', CONSTRAINT = 'participation_confirmed_is_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER participation_confirmed_is_frozen BEFORE UPDATE ON seasons_participation
    FOR EACH ROW EXECUTE FUNCTION seasons_keep_confirmed_fee();
"""
UNFREEZE = """
DROP TRIGGER participation_confirmed_is_frozen ON seasons_participation;
DROP FUNCTION seasons_keep_confirmed_fee();
"""


class Migration(migrations.Migration):
    dependencies = [("seasons", "0001_initial")]

    operations = [
        Protect("seasons", "Participation"),
        Protect("seasons", "ParticipationEvent", append_only=True),
        AppendOnly("seasons", "SeasonEvent"),
        AppendOnly("seasons", "FeeTierEvent"),
        migrations.RunSQL(FREEZE, reverse_sql=UNFREEZE),
    ]
