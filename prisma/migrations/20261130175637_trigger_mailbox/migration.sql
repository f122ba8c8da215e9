-- CreateTable
CREATE TABLE "trigger_mailbox" (
    "trigger_id" UUID NOT NULL,
    "token" BIGINT NOT NULL DEFAULT 0,
    "look_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mailbox" TEXT NOT NULL DEFAULT '',
    "validity" TEXT NOT NULL DEFAULT '',
    "uid" BIGINT NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3),
    "looked_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT NOT NULL DEFAULT '',
    "problem_since" TIMESTAMPTZ(3),

    CONSTRAINT "trigger_mailbox_pkey" PRIMARY KEY ("trigger_id")
);

-- CreateIndex
CREATE INDEX "trigger_mailbox_look_at_idx" ON "trigger_mailbox"("look_at");

-- AddForeignKey
ALTER TABLE "trigger_mailbox" ADD CONSTRAINT "trigger_mailbox_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "trigger"("id") ON DELETE CASCADE ON UPDATE CASCADE;
