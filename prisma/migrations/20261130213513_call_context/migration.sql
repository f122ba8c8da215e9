-- AlterTable
ALTER TABLE "model_call" ADD COLUMN     "context" JSON;
