"""Row-level security of workshops; never more of them than the season's package gives."""

from django.db import migrations

from uso.ground.tenancy.protection import Protect

# A workshop belongs to a place on the season's list, and its subject to the same season.
BELONG = """
ALTER TABLE workshops_workshop ADD CONSTRAINT workshop_of_a_participation
    FOREIGN KEY (municipality_id, season_id)
    REFERENCES seasons_participation (municipality_id, season_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE workshops_workshop ADD CONSTRAINT workshop_theme_of_its_season
    FOREIGN KEY (theme_id, season_id)
    REFERENCES seasons_workshoptheme (id, season_id) DEFERRABLE INITIALLY DEFERRED;
"""
PART = """
ALTER TABLE workshops_workshop DROP CONSTRAINT workshop_theme_of_its_season;
ALTER TABLE workshops_workshop DROP CONSTRAINT workshop_of_a_participation;
"""

# Reading the package locks it against being cut meanwhile; "a year" counts for every year.
COUNT = """
CREATE FUNCTION workshops_promised(wanted bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    promised integer;
BEGIN
    SELECT e.quantity * CASE WHEN e.yearly THEN s.last_year - s.first_year + 1 ELSE 1 END
        INTO promised
        FROM seasons_entitlement e JOIN seasons_season s ON s.id = e.season_id
        WHERE e.season_id = wanted AND e.kind = 'workshop' FOR SHARE;
    RETURN coalesce(promised, 0);
END $$;

CREATE FUNCTION workshops_within_package() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'cancelled' AND NEW.slot > workshops_promised(NEW.season_id) THEN
        RAISE EXCEPTION 'the season gives no workshop number %', NEW.slot
            USING ERRCODE = '23514', CONSTRAINT = 'workshop_within_package';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workshop_within_package
    BEFORE INSERT OR UPDATE OF slot, state, season_id ON workshops_workshop
    FOR EACH ROW EXECUTE FUNCTION workshops_within_package();

CREATE FUNCTION workshops_keep_package() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint;
    promised integer;
BEGIN
    IF TG_TABLE_NAME = 'seasons_season' THEN
        wanted := OLD.id;
    ELSE
        wanted := OLD.season_id;
    END IF;
    IF current_user = 'uso_app' THEN
        RAISE EXCEPTION 'a package is cut in the scope of the network' USING ERRCODE = '42501';
    END IF;
    promised := workshops_promised(wanted);
    PERFORM FROM workshops_workshop
        WHERE season_id = wanted AND state <> 'cancelled' AND slot > promised;
    IF FOUND THEN
        RAISE EXCEPTION 'workshops are in use beyond what the package would give'
            USING ERRCODE = '23514', CONSTRAINT = 'workshop_package_in_use';
    END IF;
    RETURN NULL;
END $$;
"""
UNCOUNT = """
DROP FUNCTION workshops_keep_package();
DROP TRIGGER workshop_within_package ON workshops_workshop;
DROP FUNCTION workshops_within_package();
DROP FUNCTION workshops_promised(bigint);
"""

# Only a change that gives fewer is looked at.
KEEP = """
CREATE TRIGGER workshop_package_in_use AFTER UPDATE ON seasons_entitlement FOR EACH ROW
    WHEN (OLD.kind = 'workshop' AND (
        NEW.kind <> OLD.kind OR NEW.season_id <> OLD.season_id
        OR coalesce(NEW.quantity, 0) < coalesce(OLD.quantity, 0)
        OR OLD.yearly AND NOT NEW.yearly
    ))
    EXECUTE FUNCTION workshops_keep_package();
CREATE TRIGGER workshop_package_stays AFTER DELETE ON seasons_entitlement FOR EACH ROW
    WHEN (OLD.kind = 'workshop') EXECUTE FUNCTION workshops_keep_package();
CREATE TRIGGER workshop_package_in_use AFTER UPDATE ON seasons_season FOR EACH ROW
    WHEN (NEW.last_year - NEW.first_year < OLD.last_year - OLD.first_year)
    EXECUTE FUNCTION workshops_keep_package();
"""
LEAVE = """
DROP TRIGGER workshop_package_in_use ON seasons_season;
DROP TRIGGER workshop_package_stays ON seasons_entitlement;
DROP TRIGGER workshop_package_in_use ON seasons_entitlement;
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_tables"), ("seasons", "0002_protection")]

    operations = [
        Protect("workshops", "Workshop"),
        Protect("workshops", "WorkshopEvent", append_only=True),
        migrations.RunSQL(BELONG, reverse_sql=PART),
        migrations.RunSQL(COUNT, reverse_sql=UNCOUNT),
        migrations.RunSQL(KEEP, reverse_sql=LEAVE),
    ]
