-- AlterTable
ALTER TABLE "agent" ADD COLUMN     "skills" TEXT[] DEFAULT ARRAY[]::TEXT[];
