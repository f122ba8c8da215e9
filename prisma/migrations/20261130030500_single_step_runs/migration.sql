-- AlterTable
ALTER TABLE "run" ADD COLUMN     "only_name" TEXT,
ADD COLUMN     "only_step" TEXT;
