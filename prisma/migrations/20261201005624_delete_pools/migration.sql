-- AlterTable
ALTER TABLE "mailbox" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);
