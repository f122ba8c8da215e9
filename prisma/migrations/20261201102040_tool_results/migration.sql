-- AlterTable
ALTER TABLE "tool_call" ADD COLUMN     "whole" TEXT;
