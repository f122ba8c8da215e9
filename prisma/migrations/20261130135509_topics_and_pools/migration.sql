-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "agent_id" UUID,
ADD COLUMN     "choice" TEXT;

-- AlterTable
ALTER TABLE "delivery_end" ADD COLUMN     "agent_id" UUID,
ADD COLUMN     "choice" TEXT;

-- CreateTable
CREATE TABLE "pool" (
    "mailbox_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "strategy" TEXT NOT NULL,
    "turns" UUID[] DEFAULT ARRAY[]::UUID[],
    "cursor" BIGINT NOT NULL DEFAULT 0,
    "min" INTEGER,
    "max" INTEGER,

    CONSTRAINT "pool_pkey" PRIMARY KEY ("mailbox_id")
);

-- CreateTable
CREATE TABLE "pool_member" (
    "pool_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "weight" INTEGER NOT NULL DEFAULT 1,
    "given_at" TIMESTAMPTZ(3),

    CONSTRAINT "pool_member_pkey" PRIMARY KEY ("pool_id","agent_id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "pattern" TEXT NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pool_member_agent_id_idx" ON "pool_member"("agent_id");

-- CreateIndex
CREATE INDEX "subscription_mailbox_id_idx" ON "subscription"("mailbox_id");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_workspace_id_pattern_mailbox_id_key" ON "subscription"("workspace_id", "pattern", "mailbox_id");

-- AddForeignKey
ALTER TABLE "pool" ADD CONSTRAINT "pool_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool" ADD CONSTRAINT "pool_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_member" ADD CONSTRAINT "pool_member_pool_id_fkey" FOREIGN KEY ("pool_id") REFERENCES "pool"("mailbox_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pool_member" ADD CONSTRAINT "pool_member_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_mailbox_id_fkey" FOREIGN KEY ("mailbox_id") REFERENCES "mailbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what an agent was given through pools, and how those that were there choose.
CREATE INDEX "delivery_agent" ON "delivery" ("agent_id") WHERE "agent_id" IS NOT NULL;
CREATE INDEX "delivery_end_agent" ON "delivery_end" ("agent_id", "at") WHERE "agent_id" IS NOT NULL;
INSERT INTO "pool" ("mailbox_id", "workspace_id", "strategy") SELECT "id", "workspace_id", 'least-busy' FROM "mailbox" WHERE "kind" = 'pool';
