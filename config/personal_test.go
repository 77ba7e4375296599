package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/store/seal"
)

func TestKeysForPersonalDataAreAListAFileOrAVariable(t *testing.T) {
	current, older := seal.NewKey(), seal.NewKey()
	lines := filepath.Join(t.TempDir(), "keys")
	text := "# made in November\n" + current.Text() + "\r\n\n" + older.Text() + "\n"
	if err := os.WriteFile(lines, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ text, variable, value string }{
		"a list":               {text: "personal_keys:\n  - " + current.Text() + "\n  - " + older.Text() + "\n"},
		"a file":               {text: "personal_keys_file: " + lines + "\n"},
		"a variable":           {variable: "GRIDBOT_PERSONAL_KEYS", value: current.Text() + ", " + older.Text()},
		"a file in a variable": {variable: "GRIDBOT_PERSONAL_KEYS_FILE", value: lines},
		"a variable over a list": {text: "personal_keys: [" + seal.NewKey().Text() + "]\n",
			variable: "GRIDBOT_PERSONAL_KEYS", value: current.Text() + "," + older.Text()},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.variable != "" {
				t.Setenv(tc.variable, tc.value)
			}
			cfg, err := config.Load(file(t, tc.text))
			if err != nil {
				t.Fatal(err)
			}
			if k := cfg.PersonalKeys; len(k) != 2 || k[0] != current || k[1] != older {
				t.Errorf("%d keys, or not in their order", len(k))
			}
			if ring, err := cfg.Ring(); err != nil || ring == nil {
				t.Errorf("no ring of them: %v", err)
			}
		})
	}
}

func TestKeysThatAreNoneAreRefusedWithFileAndLineAndNotRepeated(t *testing.T) {
	good := seal.NewKey().Text()
	short := good[8:]
	keys := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(keys, []byte("# new\n"+good+"\n"+short+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	none := filepath.Join(t.TempDir(), "none")
	if err := os.WriteFile(none, []byte("# nothing yet\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ text, variable, want string }{
		"a short one of a list":     {"personal_keys:\n  - " + good + "\n  - " + short + "\n", "", "gridbot.yaml: line 3: personal_keys: no key of 32 bytes"},
		"one that is no list":       {"personal_keys: " + good + "\n", "", "line 1: personal_keys: must be a list"},
		"the same twice":            {"listen: :80\npersonal_keys: [" + good + ", " + good + "]\n", "", "line 2: personal_keys: a key is there twice"},
		"a short one of a file":     {"personal_keys_file: " + keys + "\n", "", "keys: line 3: no key of 32 bytes"},
		"a file with none":          {"personal_keys_file: " + none + "\n", "", "none: no key in it"},
		"a file that is not there":  {"personal_keys_file: /nowhere\n", "", "personal_keys_file: open /nowhere"},
		"a list and a file":         {"personal_keys: [" + good + "]\npersonal_keys_file: " + keys + "\n", "", "either personal_keys or personal_keys_file"},
		"a short one of a variable": {"", good + "," + short, "entry 2 is no key of 32 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.variable != "" {
				t.Setenv("GRIDBOT_PERSONAL_KEYS", tc.variable)
			}
			_, err := config.Load(file(t, tc.text))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("got %v, want … %s …", err, tc.want)
			}
			if strings.Contains(err.Error(), short) {
				t.Error("the key is in the error")
			}
		})
	}
}
