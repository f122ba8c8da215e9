-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "allowed_user_ids" JSONB;
