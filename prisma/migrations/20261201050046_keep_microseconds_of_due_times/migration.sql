-- AlterTable
ALTER TABLE "connection_token" ALTER COLUMN "refresh_at" SET DATA TYPE TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "delivery" ALTER COLUMN "due_at" SET DATA TYPE TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "notification_delivery" ALTER COLUMN "next_at" SET DATA TYPE TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "trigger_mailbox" ALTER COLUMN "look_at" SET DATA TYPE TIMESTAMPTZ(6);
