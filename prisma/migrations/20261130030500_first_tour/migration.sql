-- AlterTable
ALTER TABLE "user" ADD COLUMN     "tour" JSONB;
