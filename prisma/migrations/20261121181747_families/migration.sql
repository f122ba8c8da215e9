-- AlterTable
ALTER TABLE "run" ADD COLUMN     "depth" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "forked_from" UUID,
ADD COLUMN     "inherits" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "parent_index" INTEGER,
ADD COLUMN     "parent_round" INTEGER,
ADD COLUMN     "parent_run_id" UUID,
ADD COLUMN     "parent_step_id" TEXT,
ADD COLUMN     "root_run_id" UUID;

-- Runs by the step that started them, in their order; and those of them that are not over or went wrong.
CREATE INDEX "run_child" ON "run" ("parent_run_id", "parent_step_id", "parent_round", "parent_index")
  WHERE "parent_run_id" IS NOT NULL;
CREATE INDEX "run_child_live" ON "run" ("parent_run_id") WHERE "parent_run_id" IS NOT NULL AND "finished_at" IS NULL;
CREATE INDEX "run_child_failed" ON "run" ("parent_run_id")
  WHERE "parent_run_id" IS NOT NULL AND "status" IN ('failed', 'cancelled');
CREATE INDEX "run_root_live" ON "run" ("root_run_id") WHERE "root_run_id" IS NOT NULL AND "finished_at" IS NULL;
