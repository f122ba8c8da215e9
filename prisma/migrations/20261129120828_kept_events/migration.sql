-- CreateTable
CREATE TABLE "sent_event" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "payload" JSON,
    "characters" INTEGER NOT NULL,
    "sent_by" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "taken" BOOLEAN NOT NULL DEFAULT false,
    "delivered" INTEGER NOT NULL DEFAULT 0,
    "key" TEXT,
    "request_hash" TEXT,

    CONSTRAINT "sent_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_claim" (
    "run_id" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "event_id" UUID NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "event_claim_pkey" PRIMARY KEY ("run_id","step_id","attempt")
);

-- CreateIndex
CREATE INDEX "sent_event_workspace_id_channel_sent_at_idx" ON "sent_event"("workspace_id", "channel", "sent_at");

-- CreateIndex
CREATE INDEX "sent_event_sent_at_idx" ON "sent_event"("sent_at");

-- CreateIndex
CREATE UNIQUE INDEX "sent_event_workspace_id_key_key" ON "sent_event"("workspace_id", "key");

-- CreateIndex
CREATE INDEX "event_claim_event_id_idx" ON "event_claim"("event_id");

-- CreateIndex
CREATE INDEX "event_claim_claimed_at_idx" ON "event_claim"("claimed_at");

-- AddForeignKey
ALTER TABLE "sent_event" ADD CONSTRAINT "sent_event_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_claim" ADD CONSTRAINT "event_claim_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "sent_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;
