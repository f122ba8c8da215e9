-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "run_id" UUID;

-- AlterTable
ALTER TABLE "delivery_end" ADD COLUMN     "run_id" UUID;

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "answered_at" TIMESTAMPTZ(3),
ADD COLUMN     "conversation" UUID,
ADD COLUMN     "hops" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reply" TEXT;

-- AlterTable
ALTER TABLE "mailbox" ADD COLUMN     "starts_tasks" BOOLEAN NOT NULL DEFAULT true;

-- By hand: the delivery that a run works on, replies that somebody waits for, and messages of one conversation.
CREATE INDEX "delivery_run" ON "delivery" ("run_id") WHERE "run_id" IS NOT NULL;
CREATE INDEX "delivery_end_run" ON "delivery_end" ("run_id") WHERE "run_id" IS NOT NULL;
CREATE INDEX "mail_unanswered" ON "mail" ("id") WHERE "reply" = 'step' AND "answered_at" IS NULL;
CREATE INDEX "mail_conversation" ON "mail" ("conversation") WHERE "conversation" IS NOT NULL;
