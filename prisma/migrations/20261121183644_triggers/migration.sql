-- CreateTable
CREATE TABLE "trigger" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "workflow_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "config" JSONB NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "ciphertext" BYTEA,
    "wrapped_key" BYTEA,
    "master_key_id" TEXT,
    "hint" TEXT NOT NULL DEFAULT '',
    "last_run_id" UUID,
    "last_at" TIMESTAMPTZ(3),
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trigger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trigger_delivery" (
    "id" BIGSERIAL NOT NULL,
    "trigger_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT NOT NULL,
    "run_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "trigger_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "trigger_workflow_id_created_at_idx" ON "trigger"("workflow_id", "created_at");

-- CreateIndex
CREATE INDEX "trigger_delivery_trigger_id_id_idx" ON "trigger_delivery"("trigger_id", "id");

-- AddForeignKey
ALTER TABLE "trigger" ADD CONSTRAINT "trigger_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trigger" ADD CONSTRAINT "trigger_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trigger_delivery" ADD CONSTRAINT "trigger_delivery_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "trigger"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Schedules that are on, by the time at which they are due.
CREATE INDEX "trigger_due" ON "trigger" ("next_at") WHERE "enabled" AND "next_at" IS NOT NULL;
