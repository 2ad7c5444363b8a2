#include <sqlite3.h>
#include <stdio.h>
#include <zlib.h>

int main(void) {
	sqlite3 *db;
	sqlite3_stmt *found;
	if (sqlite3_open(":memory:", &db) != SQLITE_OK) return 1;
	if (sqlite3_exec(db, "CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('kept in a table')", 0, 0, 0) != SQLITE_OK) return 2;
	if (sqlite3_prepare_v2(db, "SELECT text FROM note", -1, &found, 0) != SQLITE_OK || sqlite3_step(found) != SQLITE_ROW) return 3;
	const unsigned char *text = sqlite3_column_text(found, 0);
	printf("%s, %lu\n", (const char *)text, crc32(0L, text, 15));
	return 0;
}
