-- AlterTable: the default is random in every digit, unlike the middle of a UUID; each row that is there gets its own.
ALTER TABLE "outbox_message" ADD COLUMN     "delivered_at" TIMESTAMPTZ(3),
ADD COLUMN     "read_at" TIMESTAMPTZ(3),
ADD COLUMN     "token" TEXT NOT NULL DEFAULT ("left"((gen_random_uuid())::text, 8) || "right"((gen_random_uuid())::text, 8));

-- CreateIndex
CREATE UNIQUE INDEX "outbox_message_token_key" ON "outbox_message"("token");

-- CreateIndex
CREATE INDEX "outbox_unasked" ON "outbox_message"("settled_at") WHERE (kind <> 'reply');
