-- AlterTable
ALTER TABLE "run" ADD COLUMN     "draft_at" TIMESTAMPTZ(3);
