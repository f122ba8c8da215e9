-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "limits" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "tools" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "agent_version" (
    "agent_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "saved_by" TEXT,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_version_pkey" PRIMARY KEY ("agent_id","number")
);

-- CreateTable
CREATE TABLE "agent_turn" (
    "run_id" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "turn" INTEGER NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "data" JSON NOT NULL,
    "cost_usd" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_turn_pkey" PRIMARY KEY ("run_id","step_id","turn")
);

-- CreateTable
CREATE TABLE "tool_call" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "turn" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "call_id" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "print" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "args" JSON NOT NULL,
    "args_hash" TEXT NOT NULL,
    "asked_args" JSON,
    "state" TEXT NOT NULL,
    "ask" JSON,
    "answer" JSON,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "round" INTEGER,
    "key" TEXT NOT NULL,
    "result" TEXT,
    "error" TEXT,
    "outside" BOOLEAN NOT NULL DEFAULT false,
    "private" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "tool_call_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "agent_turn_workspace_id_idx" ON "agent_turn"("workspace_id");

-- CreateIndex
CREATE INDEX "tool_call_workspace_id_state_idx" ON "tool_call"("workspace_id", "state");

-- CreateIndex
CREATE INDEX "tool_call_key_idx" ON "tool_call"("key");

-- CreateIndex
CREATE UNIQUE INDEX "tool_call_run_id_step_id_turn_position_key" ON "tool_call"("run_id", "step_id", "turn", "position");

-- AddForeignKey
ALTER TABLE "agent_version" ADD CONSTRAINT "agent_version_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_turn" ADD CONSTRAINT "agent_turn_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_turn" ADD CONSTRAINT "agent_turn_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_call" ADD CONSTRAINT "tool_call_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool_call" ADD CONSTRAINT "tool_call_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
