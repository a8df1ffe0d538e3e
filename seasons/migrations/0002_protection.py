"""Row-level security of participations; what is published prices everybody and keeps its years.

A confirmed fee stays.
"""

from django.db import migrations

from uso.ground.tenancy.protection import AppendOnly, Protect

COVER = """
CREATE FUNCTION seasons_open_season_prices_all() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint;
    covered boolean;
BEGIN
    IF TG_TABLE_NAME = 'seasons_season' THEN
        wanted := NEW.id;
    ELSIF TG_OP = 'INSERT' THEN
        wanted := NEW.season_id;
    ELSE
        wanted := OLD.season_id;
    END IF;
    -- The lock makes opening a season and changing its tiers wait for each other. It is taken
    -- before the state is asked: a season that is being opened still looks like a draft.
    PERFORM FROM seasons_season WHERE id = wanted FOR SHARE;
    IF EXISTS (SELECT FROM seasons_season WHERE id = wanted AND state = 'open') THEN
        SELECT coalesce(range_agg(population) @> int4range(0, NULL), false) INTO covered
            FROM seasons_feetier WHERE season_id = wanted AND replaced_at IS NULL;
        IF NOT covered THEN
            RAISE EXCEPTION 'the fee tiers of an open season cover every population from 0 up'
                USING ERRCODE = '23514', CONSTRAINT = 'season_open_prices_all';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER season_open_prices_all AFTER INSERT OR UPDATE OF state ON seasons_season
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seasons_open_season_prices_all();
CREATE CONSTRAINT TRIGGER fee_tiers_price_all
    AFTER UPDATE OF population, season_id, replaced_at OR DELETE ON seasons_feetier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION seasons_open_season_prices_all();
"""
UNCOVER = """
DROP TRIGGER fee_tiers_price_all ON seasons_feetier;
DROP TRIGGER season_open_prices_all ON seasons_season;
DROP FUNCTION seasons_open_season_prices_all();
"""

YEARS = """
CREATE FUNCTION seasons_keep_years() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published season keeps its number and years'
        USING ERRCODE = '23514', CONSTRAINT = 'season_published_keeps_its_years';
END $$;
CREATE TRIGGER season_published_keeps_its_years BEFORE UPDATE ON seasons_season FOR EACH ROW
    WHEN (OLD.state <> 'draft' AND (NEW.number, NEW.first_year, NEW.last_year)
        IS DISTINCT FROM (OLD.number, OLD.first_year, OLD.last_year))
    EXECUTE FUNCTION seasons_keep_years();
"""
NO_YEARS = """
DROP TRIGGER season_published_keeps_its_years ON seasons_season;
DROP FUNCTION seasons_keep_years();
"""

FREEZE = """
CREATE FUNCTION seasons_keep_confirmed_fee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL AND (TG_OP = 'DELETE' OR (
        NEW.season_id, NEW.municipality_id, NEW.fee_tier_id, NEW.population, NEW.population_year,
        NEW.annual_fee_eur, NEW.confirmed_at, NEW.confirmed_by_id
    ) IS DISTINCT FROM (
        OLD.season_id, OLD.municipality_id, OLD.fee_tier_id, OLD.population, OLD.population_year,
        OLD.annual_fee_eur, OLD.confirmed_at, OLD.confirmed_by_id
    )) THEN
        RAISE EXCEPTION 'a confirmed participation keeps its fee, tier and population'
            USING ERRCODE = '23514', CONSTRAINT = 'participation_confirmed_is_frozen';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER participation_confirmed_is_frozen BEFORE UPDATE ON seasons_participation
    FOR EACH ROW EXECUTE FUNCTION seasons_keep_confirmed_fee();
CREATE TRIGGER participation_confirmed_stays BEFORE DELETE ON seasons_participation
    FOR EACH ROW EXECUTE FUNCTION seasons_keep_confirmed_fee();
"""
UNFREEZE = """
DROP TRIGGER participation_confirmed_stays ON seasons_participation;
DROP TRIGGER participation_confirmed_is_frozen ON seasons_participation;
DROP FUNCTION seasons_keep_confirmed_fee();
"""

SAME_SEASON = """
ALTER TABLE seasons_feetier ADD CONSTRAINT seasons_feetier_season UNIQUE (id, season_id);
ALTER TABLE seasons_participation ADD CONSTRAINT participation_tier_of_its_season
    FOREIGN KEY (fee_tier_id, season_id) REFERENCES seasons_feetier (id, season_id)
    DEFERRABLE INITIALLY DEFERRED;
-- For what points to a workshop theme of its own season.
ALTER TABLE seasons_workshoptheme ADD CONSTRAINT seasons_workshoptheme_season UNIQUE (id, season_id);
"""
ANY_SEASON = """
ALTER TABLE seasons_workshoptheme DROP CONSTRAINT seasons_workshoptheme_season;
ALTER TABLE seasons_participation DROP CONSTRAINT participation_tier_of_its_season;
ALTER TABLE seasons_feetier DROP CONSTRAINT seasons_feetier_season;
"""


class Migration(migrations.Migration):
    dependencies = [("seasons", "0001_tables")]

    operations = [
        Protect("seasons", "Participation"),
        Protect("seasons", "ParticipationEvent", append_only=True),
        AppendOnly("seasons", "SeasonEvent"),
        AppendOnly("seasons", "FeeTierEvent"),
        AppendOnly("seasons", "Amendment"),
        Protect("seasons", "Interest", append_only=True),
        migrations.RunSQL(COVER, reverse_sql=UNCOVER),
        migrations.RunSQL(YEARS, reverse_sql=NO_YEARS),
        migrations.RunSQL(FREEZE, reverse_sql=UNFREEZE),
        migrations.RunSQL(SAME_SEASON, reverse_sql=ANY_SEASON),
    ]
