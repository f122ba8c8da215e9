-- AlterTable
ALTER TABLE "pool" DROP COLUMN "max",
DROP COLUMN "min";
