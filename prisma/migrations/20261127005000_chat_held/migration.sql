-- AlterTable
ALTER TABLE "chat" ADD COLUMN     "held_until" TIMESTAMPTZ(3);
