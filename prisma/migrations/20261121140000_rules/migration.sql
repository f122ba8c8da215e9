-- Rules that the database itself keeps, and the physical shape of the hot tables.

-- The end of a run is final.
CREATE FUNCTION "refuse_change_of_ended_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'run % has ended as %: this is final', OLD.id, OLD.status USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "run_end_is_final" BEFORE UPDATE ON "run" FOR EACH ROW
  WHEN (OLD.status IN ('succeeded', 'failed', 'cancelled')
    AND (NEW.status, NEW.seq) IS DISTINCT FROM (OLD.status, OLD.seq))
  EXECUTE FUNCTION "refuse_change_of_ended_run"();

-- So is the end of a step.
CREATE FUNCTION "refuse_change_of_ended_step"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'step % of run % has ended as %: this is final', OLD.step_id, OLD.run_id, OLD.status USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "step_end_is_final" BEFORE UPDATE ON "step" FOR EACH ROW
  WHEN (OLD.status IN ('succeeded', 'failed', 'skipped', 'cancelled')
    AND (NEW.status, NEW.attempt) IS DISTINCT FROM (OLD.status, OLD.attempt))
  EXECUTE FUNCTION "refuse_change_of_ended_step"();

-- The journal and the audit trail only grow. (Events go with their run; the audit trail stays.)
CREATE FUNCTION "refuse_change_of_history"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: rows are never changed', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "run_event_only_grows" BEFORE UPDATE ON "run_event" FOR EACH ROW
  EXECUTE FUNCTION "refuse_change_of_history"();
CREATE TRIGGER "audit_only_grows" BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW
  EXECUTE FUNCTION "refuse_change_of_history"();
CREATE TRIGGER "audit_is_not_emptied" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT
  EXECUTE FUNCTION "refuse_change_of_history"();

-- Only what is due is worth an index.
CREATE INDEX "run_due" ON "run" ("wake_at") WHERE "wake_at" IS NOT NULL;

-- A run's row is rewritten at every step: keep its large columns out of it, and room for the next version beside it.
ALTER TABLE "run" SET (fillfactor = 60, toast_tuple_target = 256, autovacuum_vacuum_scale_factor = 0.05);

-- Events and steps have no foreign key to their run: the one statement that writes them joins the run that it moves,
-- and a key would check that again for each row, at the price of the insert itself. They go with their run all the same.
CREATE FUNCTION "remove_history_of_runs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "run_event" e USING "gone" g WHERE e.run_id = g.id;
  DELETE FROM "step" s USING "gone" g WHERE s.run_id = g.id;
  RETURN NULL;
END $$;
CREATE TRIGGER "run_takes_its_history" AFTER DELETE ON "run" REFERENCING OLD TABLE AS "gone"
  FOR EACH STATEMENT EXECUTE FUNCTION "remove_history_of_runs"();
