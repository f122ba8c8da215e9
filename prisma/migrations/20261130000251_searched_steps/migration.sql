-- AlterTable
ALTER TABLE "workflow" ADD COLUMN     "steps" JSONB NOT NULL DEFAULT '[]';

-- What is published is found from the start; a draft follows with its next edit.
UPDATE "workflow" w SET "steps" = (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', n ->> 'id', 'name', n ->> 'name')), '[]')
    FROM jsonb_array_elements(v."definition" -> 'nodes') n
) FROM "workflow_version" v WHERE v."workflow_id" = w."id" AND v."number" = w."live_version";
