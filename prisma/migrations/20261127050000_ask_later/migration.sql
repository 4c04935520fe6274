ALTER TABLE "ticket" ADD COLUMN     "asks_later" BOOLEAN NOT NULL DEFAULT false;
