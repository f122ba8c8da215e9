-- DropIndex
DROP INDEX "run_workflow_id_created_at_idx";

-- DropIndex
DROP INDEX "run_workspace_id_created_at_idx";

-- Lists leave out the runs that steps started: a loop of thousands must not stand between two pages.
CREATE INDEX "run_list" ON "run" ("workspace_id", "created_at") WHERE "parent_run_id" IS NULL;
CREATE INDEX "run_list_of_workflow" ON "run" ("workflow_id", "created_at") WHERE "parent_run_id" IS NULL;
-- How many runs of a workspace are under way.
CREATE INDEX "run_busy" ON "run" ("workspace_id") WHERE "parent_run_id" IS NULL AND "status" = 'running';
CREATE INDEX "run_fork" ON "run" ("forked_from") WHERE "forked_from" IS NOT NULL;
