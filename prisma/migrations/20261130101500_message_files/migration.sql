-- AlterTable
ALTER TABLE "message" ADD COLUMN     "files" JSONB NOT NULL DEFAULT '[]';
