-- CreateTable
CREATE TABLE "run_blob" (
    "root_run_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "holds" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_blob_pkey" PRIMARY KEY ("root_run_id","hash")
);

-- They go with the run above all, as the journal does. Values are compressed by Postgres and read whole.
CREATE OR REPLACE FUNCTION "remove_history_of_runs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "run_event" e USING "gone" g WHERE e.run_id = g.id;
  DELETE FROM "step" s USING "gone" g WHERE s.run_id = g.id;
  DELETE FROM "run_blob" b USING "gone" g WHERE b.root_run_id = g.id;
  RETURN NULL;
END $$;
