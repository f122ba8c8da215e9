-- CreateTable
CREATE TABLE "data_table" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "columns" JSONB NOT NULL,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_row" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "table_id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "cells" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_write" (
    "workspace_id" TEXT NOT NULL,
    "table_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_write_pkey" PRIMARY KEY ("table_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "data_table_workspace_id_name_key" ON "data_table"("workspace_id", "name");

-- CreateIndex
CREATE INDEX "data_row_table_id_number_idx" ON "data_row"("table_id", "number");

-- AddForeignKey
ALTER TABLE "data_table" ADD CONSTRAINT "data_table_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_row" ADD CONSTRAINT "data_row_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "data_table"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_write" ADD CONSTRAINT "data_write_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "data_table"("id") ON DELETE CASCADE ON UPDATE CASCADE;
