-- CreateTable
CREATE TABLE "model_call" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "root_run_id" UUID NOT NULL,
    "workflow_ids" UUID[],
    "version_number" INTEGER,
    "step_id" TEXT NOT NULL,
    "node_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "agent_id" UUID,
    "person_id" TEXT,
    "mode" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "decision" JSON NOT NULL,
    "state" TEXT NOT NULL,
    "held_pico" BIGINT NOT NULL,
    "cost_pico" BIGINT NOT NULL DEFAULT 0,
    "price_list" TEXT,
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "max_tokens" INTEGER,
    "estimated" BOOLEAN NOT NULL DEFAULT false,
    "finish" TEXT,
    "error_code" TEXT,
    "output_bytes" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_part_ms" INTEGER,
    "duration_ms" INTEGER,
    "hold_until" TIMESTAMPTZ(3),

    CONSTRAINT "model_call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "scope_id" TEXT,
    "resets" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "cap_pico" BIGINT NOT NULL,
    "soft_at" INTEGER NOT NULL,
    "on_breach" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget_period" (
    "budget_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "spent_pico" BIGINT NOT NULL DEFAULT 0,
    "held_pico" BIGINT NOT NULL DEFAULT 0,
    "extra_pico" BIGINT NOT NULL DEFAULT 0,
    "soft_passed_at" TIMESTAMPTZ(3),

    CONSTRAINT "budget_period_pkey" PRIMARY KEY ("budget_id","subject","starts_at")
);

-- CreateTable
CREATE TABLE "budget_grant" (
    "budget_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,
    "pico" BIGINT NOT NULL,
    "granted_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_grant_pkey" PRIMARY KEY ("budget_id","subject","starts_at","key")
);

-- CreateTable
CREATE TABLE "budget_charge" (
    "call_id" UUID NOT NULL,
    "budget_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "held_pico" BIGINT NOT NULL,
    "spent_pico" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "budget_charge_pkey" PRIMARY KEY ("call_id","budget_id","subject")
);

-- CreateTable
CREATE TABLE "model_price" (
    "workspace_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "input_pico" BIGINT NOT NULL,
    "output_pico" BIGINT NOT NULL,
    "updated_by" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_price_pkey" PRIMARY KEY ("workspace_id","provider","model")
);

-- CreateIndex
CREATE INDEX "model_call_workspace_id_started_at_id_idx" ON "model_call"("workspace_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "model_call_root_run_id_idx" ON "model_call"("root_run_id");

-- CreateIndex
CREATE INDEX "model_call_run_id_idx" ON "model_call"("run_id");

-- CreateIndex
CREATE INDEX "budget_workspace_id_idx" ON "budget"("workspace_id");

-- CreateIndex
CREATE INDEX "budget_charge_budget_id_subject_starts_at_idx" ON "budget_charge"("budget_id", "subject", "starts_at");

-- Calls whose end nobody has told.
CREATE INDEX "model_call_hold" ON "model_call"("hold_until") WHERE "state" = 'held';

-- What is held is given back once, never twice.
ALTER TABLE "budget_period" ADD CONSTRAINT "budget_period_held" CHECK ("held_pico" >= 0);

-- AddForeignKey
ALTER TABLE "model_call" ADD CONSTRAINT "model_call_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget" ADD CONSTRAINT "budget_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_period" ADD CONSTRAINT "budget_period_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budget"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_price" ADD CONSTRAINT "model_price_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_grant" ADD CONSTRAINT "budget_grant_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budget"("id") ON DELETE CASCADE ON UPDATE CASCADE;
