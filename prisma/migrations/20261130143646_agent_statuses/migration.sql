-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "maintenance" TEXT,
ADD COLUMN     "maintenance_at" TIMESTAMPTZ(3),
ADD COLUMN     "maintenance_by" TEXT;

-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "generation" BIGSERIAL NOT NULL,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'ready';

-- CreateTable
CREATE TABLE "agent_state" (
    "agent_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "full_since" TIMESTAMPTZ(3),
    "calm_since" TIMESTAMPTZ(3),
    "starting_since" TIMESTAMPTZ(3),

    CONSTRAINT "agent_state_pkey" PRIMARY KEY ("agent_id")
);

-- CreateTable
CREATE TABLE "agent_status" (
    "agent_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "was" TEXT,
    "status" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "agent_status_pkey" PRIMARY KEY ("agent_id","number")
);

-- CreateIndex
CREATE INDEX "agent_state_workspace_id_idx" ON "agent_state"("workspace_id");

-- CreateIndex
CREATE INDEX "agent_status_at_idx" ON "agent_status"("at");

-- AddForeignKey
ALTER TABLE "agent_state" ADD CONSTRAINT "agent_state_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_state" ADD CONSTRAINT "agent_state_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_status" ADD CONSTRAINT "agent_status_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;
