CREATE TABLE "staff_group" (
    "id" BIGINT NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_group_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "ticket_topic" (
    "group_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "thread_id" INTEGER,
    "head_id" INTEGER,
    "told_id" BIGINT NOT NULL DEFAULT 0,
    "closed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ticket_topic_pkey" PRIMARY KEY ("group_id","number")
);


CREATE TABLE "ticket_topic_line" (
    "group_id" BIGINT NOT NULL,
    "message_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "entry_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "edit_told_at" TIMESTAMPTZ(3),

    CONSTRAINT "ticket_topic_line_pkey" PRIMARY KEY ("group_id","message_id")
);


CREATE UNIQUE INDEX "ticket_topic_group_id_thread_id_key" ON "ticket_topic"("group_id", "thread_id");


CREATE INDEX "ticket_topic_line_group_id_number_message_id_idx" ON "ticket_topic_line"("group_id", "number", "message_id");


CREATE INDEX "ticket_topic_line_at_idx" ON "ticket_topic_line"("at");


ALTER TABLE "ticket_topic" ADD CONSTRAINT "ticket_topic_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "staff_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "ticket_topic_line" ADD CONSTRAINT "ticket_topic_line_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "staff_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;
