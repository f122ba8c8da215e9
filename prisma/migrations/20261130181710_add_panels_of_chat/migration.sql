-- AlterTable
ALTER TABLE "message" ADD COLUMN     "panel_agent_ids" UUID[] DEFAULT ARRAY[]::UUID[];
