-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "tally" JSON;
