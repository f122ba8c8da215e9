-- AlterTable
ALTER TABLE "data_row" ADD COLUMN     "outside" BOOLEAN NOT NULL DEFAULT false;

CREATE INDEX "data_row_outside" ON "data_row" ("workspace_id") WHERE "outside";
