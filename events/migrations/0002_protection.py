"""Row-level security of registrations; a trigger keeps the taken seats, nobody else may."""

from django.db import migrations

from uso.ground.tenancy.protection import AppendOnly, Protect, TenantForeignKey

# Takes and gives back seats as whoever writes the registration: the seats are network-wide, so no
# function needs its owner's rights. Rows are touched in the order (event, mode), as the actions
# lock them, so that two changes cannot wait for each other.
COUNT = """
CREATE FUNCTION events_count_seat(for_event bigint, for_mode varchar, change integer)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE events_seats SET taken = taken + change WHERE event_id = for_event AND mode = for_mode;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the event does not offer this way of attending'
            USING ERRCODE = '23514', CONSTRAINT = 'registration_mode_is_offered';
    END IF;
END $$;

CREATE FUNCTION events_count_registration() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gives boolean := TG_OP <> 'INSERT' AND OLD.state = 'confirmed';
    takes boolean := TG_OP <> 'DELETE' AND NEW.state = 'confirmed';
BEGIN
    IF gives AND takes THEN
        IF (OLD.event_id, OLD.mode) = (NEW.event_id, NEW.mode) THEN
            RETURN NULL;
        ELSIF (OLD.event_id, OLD.mode) < (NEW.event_id, NEW.mode) THEN
            PERFORM events_count_seat(OLD.event_id, OLD.mode, -1);
            PERFORM events_count_seat(NEW.event_id, NEW.mode, 1);
        ELSE
            PERFORM events_count_seat(NEW.event_id, NEW.mode, 1);
            PERFORM events_count_seat(OLD.event_id, OLD.mode, -1);
        END IF;
    ELSIF gives THEN
        PERFORM events_count_seat(OLD.event_id, OLD.mode, -1);
    ELSIF takes THEN
        PERFORM events_count_seat(NEW.event_id, NEW.mode, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER registration_counts AFTER INSERT OR UPDATE OR DELETE ON events_registration
    FOR EACH ROW EXECUTE FUNCTION events_count_registration();

CREATE FUNCTION events_guard_seats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.taken <> 0
        OR TG_OP = 'DELETE' AND OLD.taken <> 0
        OR TG_OP = 'UPDATE' AND pg_trigger_depth() = 1 AND NEW.taken <> OLD.taken
        OR TG_OP = 'UPDATE' AND (NEW.event_id, NEW.mode) <> (OLD.event_id, OLD.mode)
    THEN
        RAISE EXCEPTION 'registrations alone take and give back seats'
            USING ERRCODE = '23514', CONSTRAINT = 'seats_taken_follow_registrations';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER seats_guarded BEFORE INSERT OR UPDATE OR DELETE ON events_seats
    FOR EACH ROW EXECUTE FUNCTION events_guard_seats();
"""
UNCOUNT = """
DROP TRIGGER seats_guarded ON events_seats;
DROP FUNCTION events_guard_seats();
DROP TRIGGER registration_counts ON events_registration;
DROP FUNCTION events_count_registration();
DROP FUNCTION events_count_seat(bigint, varchar, integer);
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_tables"), ("municipalities", "0002_protection")]

    operations = [
        Protect("events", "Registration"),
        Protect("events", "RegistrationEvent", append_only=True),
        TenantForeignKey("events", "Registration", "person", "municipalities.Person"),
        AppendOnly("events", "EventEvent"),
        AppendOnly("events", "SeatsEvent"),
        migrations.RunSQL(COUNT, reverse_sql=UNCOUNT),
    ]
