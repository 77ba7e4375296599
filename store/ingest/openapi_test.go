package ingest_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestTheDescriptionNamesEverySheetAndColumn(t *testing.T) {
	p := newPusher(t)
	w := httptest.NewRecorder()
	p.api.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.json", nil))
	var document struct {
		OpenAPI    string
		Paths      map[string]any
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any
				Required   []string
			}
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	for _, name := range sheet.Names {
		schema := document.Components.Schemas[string(name)]
		if document.Paths["/api/v1/records/"+string(name)] == nil || len(schema.Required) == 0 {
			t.Errorf("%s is not described", name)
		}
		for _, c := range sheet.Columns(name) {
			if schema.Properties[c.Name] == nil {
				t.Errorf("%s: no %s", name, c.Name)
			}
		}
	}
}
