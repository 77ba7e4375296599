package ingest

import (
	"net/http"

	"github.com/nanxiashu/gridbot/store/sheet"
)

type object = map[string]any

// describe is GET /api/v1/openapi.json: what can be pushed, made of the sheets
// themselves so that it cannot differ from them.
func describe(w http.ResponseWriter, _ *http.Request) {
	paths, schemas := object{}, object{"Answer": answerSchema, "Problem": problemSchema}
	for _, name := range sheet.Names {
		schemas[string(name)] = rowSchema(name)
		paths["/api/v1/records/"+string(name)] = object{"post": operation(name)}
	}
	write(w, http.StatusOK, object{
		"openapi": "3.1.0",
		"info": object{
			"title": "gridbot records", "version": "1",
			"description": "Records of the grid platform, pushed instead of imported. A call is taken whole or not at all; the same key again replaces the row. At most 10,000 rows or 16 MiB a call, gzip allowed; numbers and dates may be strings as they stand in a sheet.",
		},
		"security":   []object{{"token": []string{}}},
		"paths":      paths,
		"components": object{"schemas": schemas, "securitySchemes": object{"token": object{"type": "http", "scheme": "bearer"}}},
	})
}

func operation(name sheet.Name) object {
	row := object{"$ref": "#/components/schemas/" + string(name)}
	reply := func(description, schema string) object {
		return object{"description": description, "content": object{
			"application/json": object{"schema": object{"$ref": "#/components/schemas/" + schema}}}}
	}
	return object{
		"summary": "Store rows of " + string(name), "operationId": "store " + string(name),
		"requestBody": object{"required": true, "content": object{
			"application/json":     object{"schema": object{"type": "array", "maxItems": maxRows, "items": row}},
			"application/x-ndjson": object{"schema": row},
		}},
		"responses": object{
			"200": reply("All rows are stored.", "Answer"),
			"400": reply("The body is not JSON.", "Problem"),
			"401": reply("The token is not known.", "Problem"),
			"403": reply("The token is not for this sheet.", "Problem"),
			"404": reply("There is no such sheet.", "Problem"),
			"413": reply("Too many rows or bytes.", "Problem"),
			"415": reply("Compressed otherwise than by gzip.", "Problem"),
			"422": reply("Nothing is stored; every bad cell is named.", "Answer"),
			"429": reply("Too many calls; come back after Retry-After.", "Problem"),
			"500": reply("Nothing is stored; the same call may be made again.", "Problem"),
			"503": reply("There is no key yet for names, numbers and notes.", "Problem"),
		},
	}
}

func rowSchema(name sheet.Name) object {
	properties, required := object{}, []string{}
	for _, c := range sheet.Columns(name) {
		properties[c.Name] = object{"type": []string{"string", "number", "boolean", "object", "null"}}
		if c.Required {
			required = append(required, c.Name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

var answerSchema = object{
	"type": "object", "required": []string{"stored", "errors"},
	"properties": object{
		"stored": object{"type": "integer", "description": "rows taken, also those that changed nothing"},
		"errors": object{"type": "array", "items": object{
			"type": "object",
			"properties": object{
				"row":     object{"type": "integer", "minimum": 1, "description": "counted from 1"},
				"column":  object{"type": "string"},
				"value":   object{"type": "string"},
				"problem": object{"type": "string", "description": "in Chinese"},
			},
		}},
		"more":    object{"type": "integer", "description": "errors beyond the 100 listed"},
		"notices": object{"type": "array", "items": object{"type": "string"}},
	},
}

var problemSchema = object{
	"type": "object", "required": []string{"error"}, "properties": object{"error": object{"type": "string", "description": "in Chinese"}},
}
