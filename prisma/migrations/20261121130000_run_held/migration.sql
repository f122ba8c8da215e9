-- What workers hold stands in the run's own row, which each step rewrites anyway; rows of steps come with the
-- run's end and are never changed.
ALTER TABLE "run" ADD COLUMN "held" JSON;
DROP INDEX "step_held";
DELETE FROM "step";
ALTER TABLE "step" RESET (fillfactor, autovacuum_vacuum_scale_factor);

-- The one statement that writes events and steps joins the run that it moves; a foreign key would check that again
-- for each row, at the price of the insert itself.
ALTER TABLE "run_event" DROP CONSTRAINT "run_event_run_id_fkey";
ALTER TABLE "step" DROP CONSTRAINT "step_run_id_fkey";
CREATE FUNCTION "remove_history_of_runs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "run_event" e USING "gone" g WHERE e.run_id = g.id;
  DELETE FROM "step" s USING "gone" g WHERE s.run_id = g.id;
  RETURN NULL;
END $$;
CREATE TRIGGER "run_takes_its_history" AFTER DELETE ON "run" REFERENCING OLD TABLE AS "gone"
  FOR EACH STATEMENT EXECUTE FUNCTION "remove_history_of_runs"();
