-- CreateTable
CREATE TABLE "mailbox" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "sender" JSONB NOT NULL,
    "sender_key" TEXT NOT NULL,
    "address" JSONB NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSON NOT NULL,
    "priority" INTEGER NOT NULL,
    "dedupe_key" TEXT,
    "order_key" TEXT,
    "reply_to" UUID,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "mail_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "state" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "aged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "order_key" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "held_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "redriven" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("mail_id","mailbox_id")
);

-- CreateTable
CREATE TABLE "delivery_end" (
    "mail_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "end" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL,
    "holder" TEXT,
    "redriven" INTEGER NOT NULL DEFAULT 0,
    "waited_ms" BIGINT NOT NULL,
    "worked_ms" BIGINT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_end_pkey" PRIMARY KEY ("mail_id","mailbox_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "mailbox_workspace_id_kind_name_key" ON "mailbox"("workspace_id", "kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "mail_workspace_id_sender_key_dedupe_key_key" ON "mail"("workspace_id", "sender_key", "dedupe_key");

-- CreateIndex
CREATE INDEX "delivery_mailbox_id_order_key_idx" ON "delivery"("mailbox_id", "order_key");

-- CreateIndex
CREATE INDEX "delivery_end_workspace_id_mailbox_id_end_idx" ON "delivery_end"("workspace_id", "mailbox_id", "end");

-- CreateIndex
CREATE INDEX "delivery_end_workspace_id_holder_idx" ON "delivery_end"("workspace_id", "holder");

-- AddForeignKey
ALTER TABLE "mailbox" ADD CONSTRAINT "mailbox_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what can be taken next, in its order; what is behind another one, or ended, is not in it.
CREATE INDEX "delivery_claim" ON "delivery" ("mailbox_id", "priority", "due_at", "number") WHERE "state" = 'waiting';
CREATE INDEX "delivery_due" ON "delivery" ("expires_at") WHERE "state" <> 'held' AND "expires_at" IS NOT NULL;
CREATE INDEX "delivery_lease" ON "delivery" ("lease_until") WHERE "state" = 'held';

-- Settled rows leave the table at once: it is cleaned as soon as some have.
ALTER TABLE "delivery" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
