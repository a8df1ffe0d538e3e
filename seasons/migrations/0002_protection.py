"""Row-level security of participations; what is published prices everybody and keeps its years.

It changes by amendments alone. A confirmed fee stays.
"""

from django.db import migrations

from uso.ground.tenancy.protection import AppendOnly, Erasable, Protect, TenantForeignKey

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
CREATE FUNCTION seasons_stay_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published season is no draft again'
        USING ERRCODE = '23514', CONSTRAINT = 'season_published_stays';
END $$;
CREATE TRIGGER season_published_stays BEFORE UPDATE ON seasons_season FOR EACH ROW
    WHEN (OLD.state <> 'draft' AND NEW.state = 'draft')
    EXECUTE FUNCTION seasons_stay_published();
"""
NO_YEARS = """
DROP TRIGGER season_published_stays ON seasons_season;
DROP FUNCTION seasons_stay_published();
DROP TRIGGER season_published_keeps_its_years ON seasons_season;
DROP FUNCTION seasons_keep_years();
"""

# Tables and fields of a season's parts, by the part that an amendment names.
TABLES = {
    "themes": "theme",
    "phases": "phase",
    "package": "entitlement",
    "fees": "feetier",
    "workshop_themes": "workshoptheme",
    "contacts": "seasoncontact",
}
FIELDS = {
    "basics": [f"{name}_{code}" for name in ("theme", "background") for code in ("fi", "sv", "en")],
    "fees": ["fee_low_eur", "fee_high_eur"],
    "terms": ["population_year", "vat_on_top", "travel_on_top", "billing_months", "late_joining"],
}
ASK = """
CREATE FUNCTION seasons_is_read(wanted bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    -- Publishing a season and changing it wait for each other. A season that was made in this
    -- transaction has been read by nobody, as when a known one is loaded.
    PERFORM FROM seasons_season WHERE id = wanted FOR SHARE;
    RETURN EXISTS (SELECT FROM seasons_season WHERE id = wanted AND state <> 'draft')
        AND NOT EXISTS (SELECT FROM seasons_seasonevent WHERE pgh_obj_id = wanted
            AND pgh_label = 'insert' AND pgh_created_at = now());
END $$;
CREATE FUNCTION seasons_ask_for_amendment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    IF TG_TABLE_NAME = 'seasons_season' THEN
        changed := ARRAY[NEW.id];
    ELSE
        changed := ARRAY[OLD.season_id, NEW.season_id];
    END IF;
    IF EXISTS (SELECT FROM seasons_season season WHERE id = ANY (changed) AND state <> 'draft'
        AND NOT EXISTS (SELECT FROM seasons_amendment
            WHERE season_id = season.id AND part = TG_ARGV[0] AND stored_at = now())
    ) THEN
        RAISE EXCEPTION 'a published season changes together with its amendment (%)', TG_ARGV[0]
            USING ERRCODE = '23514', CONSTRAINT = 'season_published_changes_by_amendment';
    END IF;
    RETURN NULL;
END $$;
"""


def _asks(table: str, event: str, when: str, part: str) -> str:
    name = f"amends_{part}_{event.split()[0].lower()}"
    return f"""
CREATE CONSTRAINT TRIGGER {name} AFTER {event} ON seasons_{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({when})
    EXECUTE FUNCTION seasons_ask_for_amendment('{part}');"""


def _of(row: str, fields: list[str]) -> str:
    return ", ".join(f"{row}.{field}" for field in fields)


OF_TABLES = [
    _asks(table, event, when, part)
    for part, table in TABLES.items()
    for event, when in (
        ("INSERT", "seasons_is_read(NEW.season_id)"),
        ("DELETE", "seasons_is_read(OLD.season_id)"),
        (
            "UPDATE",
            "OLD IS DISTINCT FROM NEW"
            " AND (seasons_is_read(OLD.season_id) OR seasons_is_read(NEW.season_id))",
        ),
    )
]
OF_FIELDS = [
    _asks(
        "season",
        "UPDATE",
        f"OLD.state <> 'draft' AND ({_of('OLD', fields)}) IS DISTINCT FROM ({_of('NEW', fields)})"
        " AND seasons_is_read(NEW.id)",
        part,
    )
    for part, fields in FIELDS.items()
]
AMEND = ASK + "".join([*OF_TABLES, *OF_FIELDS])
CHANGE_FREELY = """
DROP FUNCTION seasons_ask_for_amendment() CASCADE;
DROP FUNCTION seasons_is_read(bigint);
"""

FREEZE = """
CREATE FUNCTION seasons_keep_confirmed_fee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL AND (TG_OP = 'DELETE' OR (
        NEW.season_id, NEW.municipality_id, NEW.fee_tier_id, NEW.population, NEW.population_year,
        NEW.annual_fee_eur, NEW.first_year_fee_eur, NEW.joining_year, NEW.confirmed_at,
        NEW.confirmed_by_id
    ) IS DISTINCT FROM (
        OLD.season_id, OLD.municipality_id, OLD.fee_tier_id, OLD.population, OLD.population_year,
        OLD.annual_fee_eur, OLD.first_year_fee_eur, OLD.joining_year, OLD.confirmed_at,
        OLD.confirmed_by_id
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
        Protect("seasons", "SentLetter"),
        Protect("seasons", "DecisionDocument"),
        TenantForeignKey("seasons", "DecisionDocument", "participation", "seasons.Participation"),
        AppendOnly("seasons", "SeasonEvent"),
        AppendOnly("seasons", "FeeTierEvent"),
        AppendOnly("seasons", "ThemeEvent"),
        AppendOnly("seasons", "PhaseEvent"),
        AppendOnly("seasons", "EntitlementEvent"),
        AppendOnly("seasons", "WorkshopThemeEvent"),
        AppendOnly("seasons", "Amendment"),
        Protect("seasons", "Interest", append_only=True),
        Erasable("seasons", "Interest"),  # when its season has ended
        migrations.RunSQL(COVER, reverse_sql=UNCOVER),
        migrations.RunSQL(YEARS, reverse_sql=NO_YEARS),
        migrations.RunSQL(AMEND, reverse_sql=CHANGE_FREELY),
        migrations.RunSQL(FREEZE, reverse_sql=UNFREEZE),
        migrations.RunSQL(SAME_SEASON, reverse_sql=ANY_SEASON),
    ]
