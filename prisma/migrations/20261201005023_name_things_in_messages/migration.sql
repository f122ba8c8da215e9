-- AlterTable
ALTER TABLE "message" ADD COLUMN     "marks" JSONB NOT NULL DEFAULT '[]';
