// Saves the territory of territory.json with SheetJS: sheetjs.js TERRITORY FOLDER FORMAT [STEM …]
const fs = require("fs");
const XLSX = require("xlsx");

const [territory, folder, format, ...stems] = process.argv.slice(2);
const workbooks = JSON.parse(fs.readFileSync(territory));

// A cell of territory.json as SheetJS holds it.
function cell(content) {
  if (content === null || typeof content !== "object") return content;
  if (content.date) return new Date(content.date + "T00:00:00");
  if (content.percent) return { t: "n", v: content.percent, z: "0%" };
  const [hours, minutes] = content.time.split(":").map(Number);
  return { t: "n", v: (hours + minutes / 60) / 24, z: "hh:mm" };
}

for (const stem of stems.length ? stems : Object.keys(workbooks)) {
  const book = XLSX.utils.book_new();
  for (const [name, rows] of Object.entries(workbooks[stem])) {
    const sheet = XLSX.utils.aoa_to_sheet(rows.map((row) => row.map(cell)), { cellDates: true });
    XLSX.utils.book_append_sheet(book, sheet, name);
  }
  XLSX.writeFile(book, `${folder}/${stem}.${format}`, { bookType: format, compression: true });
}
