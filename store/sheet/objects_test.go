package sheet

import "testing"

func TestObjectsAreRowsNumberedFromOne(t *testing.T) {
	records := readAll(HazardSiteTable, OfObjects(HazardSites, "接口", []Object{
		{"场所编号": "C-1", "网格编号": "NXS-03", "名称": "加油站", "电话": "0519", "备注": "无"},
		{"场所编号": "C-2", "名称": "烟花店"},
		{"编号": "C-3"},
		{"场所编号": "C-4", "网格编号": "NXS-03", "名称": "第一\x00家"},
		{"场所编号": "C-5", "作废": "是"},
	}))
	sameList(t, complaints(records.Bad), []string{
		"2 网格编号: 不能空着",
		"3 场所编号: 不能空着", "3 网格编号: 不能空着", "3 名称: 不能空着",
		"4 名称: 中间有换行或看不见的字符",
	})
	sameList(t, records.Rows, []HazardSite{
		{Line: Line{File: "接口", Row: 1}, ID: "C-1", GridID: "NXS-03", Name: "加油站"},
		{Line: Line{File: "接口", Row: 5, Withdrawn: true}, ID: "C-5"},
	})
}

func TestUnknownColumnsOfObjectsAreNoticedOnce(t *testing.T) {
	b := OfObjects(HazardSites, "接口", []Object{{"电话": "1", "备注": "2"}, {"备注": "3", "名称": "加油站", "作废": "否"}})
	sameList(t, b.Notices, []Notice{{"接口", "不认识「备注」这一列，已略过"}, {"接口", "不认识「电话」这一列，已略过"}})
}

func TestANumberOfAnObjectIsNoDate(t *testing.T) {
	records := readAll(VisitTable, OfObjects(Visits, "接口", []Object{
		{"记录编号": "V-1", "网格编号": "1", "手机号": "13800000001", "走访时间": "46303.4", "图片数": "1"}}))
	sameList(t, complaints(records.Bad), []string{"1 走访时间: 不是时间，请写成 2026-10-08 09:30 这样"})
}
