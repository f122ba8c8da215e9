-- CreateTable
CREATE TABLE "experiment" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "workflow_id" UUID,
    "step_id" TEXT,
    "step_name" TEXT,
    "agent_id" UUID,
    "goal" TEXT NOT NULL,
    "share_b" INTEGER NOT NULL,
    "variants" JSON NOT NULL,
    "max_cost_pico" BIGINT,
    "max_failure_percent" INTEGER,
    "state" TEXT NOT NULL DEFAULT 'running',
    "end_reason" TEXT,
    "decided" JSON,
    "adopted" TEXT,
    "created_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "experiment_task" (
    "key" TEXT NOT NULL,
    "experiment_id" UUID NOT NULL,
    "variant" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "counted_at" TIMESTAMPTZ(3),
    "left_out" BOOLEAN NOT NULL DEFAULT false,
    "failed" BOOLEAN NOT NULL DEFAULT false,
    "cost_pico" BIGINT NOT NULL DEFAULT 0,
    "duration_ms" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "experiment_task_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "experiment_workspace_id_started_at_idx" ON "experiment"("workspace_id", "started_at");

-- CreateIndex
CREATE INDEX "experiment_task_experiment_id_counted_at_idx" ON "experiment_task"("experiment_id", "counted_at");

-- AddForeignKey
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment_task" ADD CONSTRAINT "experiment_task_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- While it runs it is the only one of its step or agent.
CREATE UNIQUE INDEX "experiment_step_running" ON "experiment"("workflow_id", "step_id") WHERE "state" = 'running' AND "workflow_id" IS NOT NULL;
CREATE UNIQUE INDEX "experiment_agent_running" ON "experiment"("agent_id") WHERE "state" = 'running' AND "agent_id" IS NOT NULL;
