-- How the runs that a step started stand, for whoever begins the next ones. Processes that look at the same parent take
-- turns until the end of their statement, and each one sees what the one before it began: a volatile function reads the
-- rows anew once it has the lock.
CREATE FUNCTION "family_now"("parent" uuid, "step" text, "round" int)
RETURNS TABLE ("live" int, "next" int, "failed" boolean) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('family ' || "parent"::text, 0));
  RETURN QUERY SELECT
    (SELECT count(*)::int FROM "run" r WHERE r."parent_run_id" = "parent" AND r."finished_at" IS NULL
       AND r."parent_step_id" = "step" AND r."parent_round" = "round"),
    (SELECT coalesce(max(r."parent_index") + 1, 0) FROM "run" r
       WHERE r."parent_run_id" = "parent" AND r."parent_step_id" = "step" AND r."parent_round" = "round"),
    EXISTS (SELECT 1 FROM "run" r WHERE r."parent_run_id" = "parent" AND r."status" IN ('failed', 'cancelled')
       AND r."parent_step_id" = "step" AND r."parent_round" = "round");
END;
$$;
