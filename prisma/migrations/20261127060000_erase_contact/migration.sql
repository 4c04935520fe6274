-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "erase_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "contact_erased" ON "contact"("erase_at") WHERE (erase_at IS NOT NULL);
