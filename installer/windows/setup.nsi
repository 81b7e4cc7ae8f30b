; The per-user setup program; packed by setup_exe.py, which defines
;   VERSION QUAD STAGE TARGET ICON SIZE_KB [SIGN_UNINSTALLER] [FAST]
Unicode true
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include x64.nsh
!include WinVer.nsh

!define APP "Gongyu"
!define ARP "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"

Name "$(NameOfProgram)"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "Software\${APP}" "InstallDir"
BrandingText "$(NameOfProgram) ${VERSION}"
ShowInstDetails nevershow
VIProductVersion "${QUAD}"
VIAddVersionKey /LANG=1028 "ProductName" "公餘"
VIAddVersionKey /LANG=1028 "FileDescription" "公餘安裝程式"
VIAddVersionKey /LANG=1028 "CompanyName" "Gongyu contributors"
VIAddVersionKey /LANG=1028 "LegalCopyright" "MIT License"
VIAddVersionKey /LANG=1028 "FileVersion" "${QUAD}"
VIAddVersionKey /LANG=1028 "ProductVersion" "${VERSION}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeWords)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Gongyu.exe"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DataStays)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "TradChinese"
!insertmacro MUI_LANGUAGE "English"

LangString NameOfProgram ${LANG_TRADCHINESE} "公餘"
LangString NameOfProgram ${LANG_ENGLISH} "Gongyu"
LangString WelcomeWords ${LANG_TRADCHINESE} "公餘會安裝在您自己的資料夾，不需要系統管理員權限，也不連網路。$\r$\n$\r$\n資料另外放在 %LOCALAPPDATA%\Gongyu，更新或解除安裝都不會動到資料。"
LangString WelcomeWords ${LANG_ENGLISH} "Gongyu is installed into your own folder; no administrator is needed, no network is used.$\r$\n$\r$\nData lie in %LOCALAPPDATA%\Gongyu; updating or uninstalling never touches them."
LangString DataStays ${LANG_TRADCHINESE} "將移除公餘的程式。您的資料不會刪除，仍留在 %LOCALAPPDATA%\Gongyu（或機關指定的資料夾）；不再需要時請自行刪除。"
LangString DataStays ${LANG_ENGLISH} "The program will be removed. Your data stay in %LOCALAPPDATA%\Gongyu (or the folder your agency chose); delete them yourself when they are no longer needed."
LangString DataStayed ${LANG_TRADCHINESE} "公餘的程式已移除。您的資料沒有刪除，仍留在 %LOCALAPPDATA%\Gongyu（或機關指定的資料夾）。"
LangString DataStayed ${LANG_ENGLISH} "The program was removed. Your data were kept in %LOCALAPPDATA%\Gongyu (or the folder your agency chose)."
LangString NewerThere ${LANG_TRADCHINESE} "這台電腦已經有較新的公餘（$0），沒有安裝 ${VERSION}，也沒有變更任何檔案與資料。"
LangString NewerThere ${LANG_ENGLISH} "A newer version ($0) is installed. ${VERSION} was not installed; nothing was changed."
LangString IsRunning ${LANG_TRADCHINESE} "公餘正在執行，沒有變更任何檔案；請先關閉公餘再試一次。"
LangString IsRunning ${LANG_ENGLISH} "Gongyu is running; nothing was changed. Please close it and try again."
LangString WrongWindows ${LANG_TRADCHINESE} "公餘需要 64 位元的 Windows 10 或 11，沒有安裝。"
LangString WrongWindows ${LANG_ENGLISH} "Gongyu needs 64-bit Windows 10 or 11; it was not installed."
LangString NotCopied ${LANG_TRADCHINESE} "檔案沒有完全複製，安裝沒有完成；資料沒有變動，請確認磁碟空間與權限後再試一次。"
LangString NotCopied ${LANG_ENGLISH} "Not all files could be copied; the installation is incomplete. Data were not touched."
LangString SelfTest ${LANG_TRADCHINESE} "公餘 自我測試"
LangString SelfTest ${LANG_ENGLISH} "Gongyu self-test"

; Exit codes: 0 done, 2 not copied, 3 a newer version is there, 4 running, 5 wrong Windows.

!macro RefuseWhileRunning FOLDER
  ${If} ${FileExists} "${FOLDER}\Gongyu.exe"
    ClearErrors
    FileOpen $1 "${FOLDER}\Gongyu.exe" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(IsRunning)" /SD IDOK
      SetErrorLevel 4
      Quit
    ${EndIf}
    FileClose $1
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(WrongWindows)" /SD IDOK
    SetErrorLevel 5
    Quit
  ${EndIf}
  ReadRegStr $0 HKCU "${ARP}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_OK|MB_ICONSTOP "$(NewerThere)" /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "-Program"
  !insertmacro RefuseWhileRunning "$INSTDIR"
  ; Only what a former setup put there: never the whole folder, which the user may have chosen.
  RMDir /r "$INSTDIR\app"
  ClearErrors
  SetOutPath "$INSTDIR"
  File /r "${STAGE}/*"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "$(NotCopied)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\$(NameOfProgram).lnk" "$INSTDIR\Gongyu.exe"
  CreateShortcut "$SMPROGRAMS\$(SelfTest).lnk" "$INSTDIR\Gongyu.exe" "self-test --show"
  WriteRegStr HKCU "Software\${APP}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${ARP}" "DisplayName" "$(NameOfProgram)"
  WriteRegStr HKCU "${ARP}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ARP}" "DisplayIcon" "$INSTDIR\Gongyu.exe"
  WriteRegStr HKCU "${ARP}" "Publisher" "Gongyu"
  WriteRegStr HKCU "${ARP}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${ARP}" "Comments" "$(DataStays)"
  WriteRegStr HKCU "${ARP}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ARP}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ARP}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${ARP}" "NoModify" 1
  WriteRegDWORD HKCU "${ARP}" "NoRepair" 1
SectionEnd

!ifdef SIGN_UNINSTALLER
  !uninstfinalize '${SIGN_UNINSTALLER} "%1"'
!endif

Section "Uninstall"
  !insertmacro RefuseWhileRunning "$INSTDIR"
  RMDir /r "$INSTDIR\app"
  Delete "$INSTDIR\Gongyu.exe"
  Delete "$INSTDIR\gongyu-cmd.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\README.txt"
  Delete "$INSTDIR\policy-sample.toml"
  Delete "$INSTDIR\uninstall.exe"
  ; Goes only when nothing else is in it.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\公餘.lnk"
  Delete "$SMPROGRAMS\公餘 自我測試.lnk"
  Delete "$SMPROGRAMS\Gongyu.lnk"
  Delete "$SMPROGRAMS\Gongyu self-test.lnk"
  DeleteRegKey HKCU "${ARP}"
  DeleteRegKey HKCU "Software\${APP}"
  MessageBox MB_OK|MB_ICONINFORMATION "$(DataStayed)" /SD IDOK
SectionEnd
