-- DropForeignKey
ALTER TABLE "listed_person" DROP CONSTRAINT "listed_person_list_id_fkey";
