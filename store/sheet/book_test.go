package sheet

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sitesCSV = "场所编号,网格编号,名称\nC-1,NXS-03,加油站\n"

func TestAFileIsTheSheetItIsCalled(t *testing.T) {
	folder := t.TempDir()
	b := open(t, write(t, folder, "隐患场所.csv", sitesCSV), write(t, folder, " 走 访.CSV", ""))
	sameList(t, b.Sheets(), []Name{HazardSites, Visits})
	if b.Has(Items) {
		t.Error("事项 is there")
	}
}

func TestSheetsComeInTheOrderOfTheTableWhateverTheFiles(t *testing.T) {
	folder := t.TempDir()
	var paths []string
	for _, name := range []string{"豁免.csv", "走访.csv", "网格.csv", "人员.csv", "事项清单.csv", "对象.csv"} {
		paths = append(paths, write(t, folder, name, ""))
	}
	sameList(t, open(t, paths...).Sheets(), []Name{Grids, People, Catalogue, Concerns, Visits, Exemptions})
}

func TestFoldersAreSearched(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "隐患场所.csv", sitesCSV)
	write(t, folder, "十月/走访.csv", "")
	write(t, folder, "十月/说明.txt", "")
	write(t, folder, "十月/台账.csv", "")
	for _, hidden := range []string{"~$走访.xlsx", ".事项.csv", ".git/人员.csv", "._走访.csv"} {
		write(t, folder, hidden, "")
	}
	workbookOf(t, folder, "导出.XLSX", []worksheetOf{{"会议", nil}, {"Sheet1", nil}})
	b := open(t, folder, filepath.Join(folder, "十月", "..", "隐患场所.csv")) // the same file again
	sameList(t, b.Sheets(), []Name{HazardSites, Visits, Attendances})
	sameList(t, sitesOf(readAll(HazardSiteTable, b)), []HazardSite{aSite("C-1", "加油站")})
	if files := b.Files(); len(files) != 3 {
		t.Errorf("of the files %v", files)
	}
	var notices []string
	for _, n := range b.Notices {
		notices = append(notices, filepath.Base(n.File)+"："+n.Text)
	}
	sameList(t, notices, []string{
		"台账.csv：不是要导入的表，已略过", "说明.txt：不是要导入的表，已略过", "导出.XLSX：不认识工作表「Sheet1」，已略过",
	})
}

func TestFilesThatCannotBeTakenAreSaidInAClearSentence(t *testing.T) {
	folder := t.TempDir()
	empty := filepath.Join(folder, "空")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(folder, "走访.csv"):       "找不到这个文件",
		write(t, folder, "台账.csv", ""):        "文件名要是表名，例如 走访.csv",
		write(t, folder, "走访.txt", ""):        "只认识 .xlsx 和 .csv 文件",
		write(t, folder, "走访.xls", ""):        "请用 Excel 或 WPS 另存为 .xlsx",
		write(t, folder, "空.xlsx", ""):        "不是 .xlsx 文件，或没有下载完整",
		write(t, folder, "改名.xlsx", sitesCSV): "不是 .xlsx 文件，或没有下载完整",
		empty: "没有找到要导入的表",
		workbookOf(t, folder, "别的.xlsx", []worksheetOf{{"Sheet1", nil}}): "没有找到要导入的表",
	} {
		_, err := Open(path)
		var failed *FileError
		if !errors.As(err, &failed) || failed.File != path || !strings.Contains(failed.Problem, want) {
			t.Errorf("%s: %v, want %q", filepath.Base(path), err, want)
		}
	}
}

func TestEveryFileThatCannotBeTakenIsNamed(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "a.xls", "")
	write(t, folder, "b.xlsx", "")
	_, err := Open(folder)
	if err == nil || !strings.Contains(err.Error(), "a.xls：") || !strings.Contains(err.Error(), "b.xlsx：") {
		t.Errorf("%v", err)
	}
}

func TestAFileThatCannotBeReadDoesNotHoldBackTheOthers(t *testing.T) {
	folder := t.TempDir()
	write(t, folder, "导出.xls", "")
	write(t, folder, "坏.xlsx", sitesCSV)
	write(t, folder, "隐患场所.csv", sitesCSV)
	b := open(t, folder, write(t, t.TempDir(), "台账.csv", ""))
	sameList(t, b.Sheets(), []Name{HazardSites})
	sameList(t, sitesOf(readAll(HazardSiteTable, b)), []HazardSite{aSite("C-1", "加油站")})
	sameList(t, b.Files(), []string{filepath.Join(folder, "隐患场所.csv")})
	unread := b.Unread()
	for _, name := range []string{"导出.xls：", "坏.xlsx：", "台账.csv："} {
		if unread == nil || !strings.Contains(unread.Error(), name) {
			t.Errorf("%s is not named: %v", name, unread)
		}
	}
}

func TestASheetOfWhichAFileCannotBeReadIsRefused(t *testing.T) {
	folder := t.TempDir()
	good := write(t, folder, "隐患场所.csv", sitesCSV)
	bad := write(t, folder, "隐患场所.xlsx", sitesCSV)
	b := open(t, good, bad)
	records := readAll(HazardSiteTable, b)
	sameList(t, records.Bad.Cells, []BadCell{{HazardSites, bad, 1, "", "", noWorkbook.Error()}})
	if b.Unread() == nil {
		t.Error("the file is not named")
	}
}

func TestAPathThatLeadsNowhereIsAnErrorWhateverElseThereIs(t *testing.T) {
	folder := t.TempDir()
	_, err := Open(write(t, folder, "隐患场所.csv", sitesCSV), filepath.Join(folder, "走访.csv"))
	if err == nil || !strings.HasSuffix(err.Error(), "走访.csv：找不到这个文件") {
		t.Errorf("%v", err)
	}
}
