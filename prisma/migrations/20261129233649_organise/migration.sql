-- AlterTable
ALTER TABLE "workflow" ADD COLUMN     "folder" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "favourite" (
    "workflow_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "favourite_pkey" PRIMARY KEY ("workflow_id","user_id")
);

-- AddForeignKey
ALTER TABLE "favourite" ADD CONSTRAINT "favourite_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Lists by name.
CREATE INDEX "workflow_name" ON "workflow" ("workspace_id", lower("name"));
